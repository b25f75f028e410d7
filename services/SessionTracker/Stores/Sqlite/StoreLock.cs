namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>
/// Holds a store for one process: two with live sessions of their own would each miss the other's turns. The system lets go of it
/// however the process ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file)
    {
        _file = file;
    }

    /// <summary>Takes the lock, a file beside the store.</summary>
    /// <exception cref="SessionStoreException">Another process has it, or the folder cannot be written to.</exception>
    public static StoreLock Take(string storePath)
    {
        try
        {
            return new StoreLock(new FileStream(storePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SessionStoreException(
                $"The session store {storePath} cannot be taken: another process has it open, or its folder cannot be written to.", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
