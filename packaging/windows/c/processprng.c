/*
 * bcryptprimitives.dll for wine older than 8.13, which has none: the Go runtime asks
 * it for random bytes and stops without it. For tests only, never shipped.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
	return SystemFunction036(buffer, (ULONG)length);
}
