using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Beseda.Bench.Sockets;

/// <summary>
/// Waits for many sockets on one thread. The load shares its cores with the server: the runtime's own asynchronous
/// sockets would cost a further system call and a change of thread for every answer.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Most = 512;
    private const uint Readable = 1;

    /// <summary>The kernel's <c>epoll_event</c> is packed on x86-64 and nowhere else.</summary>
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly int _handle = Checked(Create(0));
    private readonly byte[] _events = new byte[Most * Stride];

    public void Add(Socket socket, int tag)
    {
        Span<byte> what = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(what, Readable);
        BinaryPrimitives.WriteInt32LittleEndian(what[(Stride - 8)..], tag);
        Checked(Control(_handle, 1, (int)socket.SafeHandle.DangerousGetHandle(), ref MemoryMarshal.GetReference(what)));
    }

    /// <summary>How many sockets can be read; ask <see cref="Tag"/> which.</summary>
    public int Wait(TimeSpan most)
    {
        var ticks = Math.Max(0, most.Ticks);
        var time = new Timespan(ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * 100);
        var ready = Wait2(_handle, ref _events[0], Most, ref time, 0);
        return ready >= 0 || Marshal.GetLastPInvokeError() == Interrupted ? Math.Max(0, ready) : Checked(ready);
    }

    public int Tag(int index) => BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan(index * Stride + Stride - 8));

    public void Dispose() => _ = Close(_handle);

    private const int Interrupted = 4;

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    private readonly record struct Timespan(long Seconds, long Nanoseconds);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int socket, ref byte what);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int Wait2(int epoll, ref byte events, int most, ref Timespan time, nint mask);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
