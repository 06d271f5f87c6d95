/*
 * A stand-in for libEGL.a at link time: the OpenGL binding that Fyne uses asks
 * eglGetProcAddress for every name of GLES 3.1 at the start and gives up if one of
 * a few is missing. The ANGLE that we ship knows GLES 2 and 3.0 only. Fyne calls
 * nothing but GLES 2, so a name that ANGLE lacks gets a function that does nothing.
 *
 * The libraries themselves are loaded at run time, from beside the program.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef void *(__stdcall *lookup)(const char *name);

static void *nothing(void) { return NULL; }

static HMODULE library(const char *name)
{
	HMODULE m = GetModuleHandleA(name);
	return m ? m : LoadLibraryA(name);
}

__declspec(noinline) void *__stdcall eglGetProcAddress(const char *name)
{
	static lookup egl;
	static HMODULE gles;
	void *found = NULL;

	if (!egl) {
		HMODULE m = library("libEGL.dll");
		if (!m)
			return NULL; /* the program says so: see --gl-probe */
		egl = (lookup)(void *)GetProcAddress(m, "eglGetProcAddress");
		gles = library("libGLESv2.dll");
	}
	if (egl)
		found = egl(name);
	if (!found && gles)
		found = (void *)GetProcAddress(gles, name);
	return found ? found : (void *)nothing;
}

/* The headers declare it as imported from a DLL; this is what such a call reads. */
void *__imp_eglGetProcAddress = (void *)eglGetProcAddress;
