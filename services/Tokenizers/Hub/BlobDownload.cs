using System.Net;

namespace Atropos.Tokenizers.Hub;

/// <summary>Brings one file into the cache's blobs: resumed where it broke off, checked, and there only as a whole.</summary>
internal sealed class BlobDownload(HubClient client, HubCache cache, TimeProvider time)
{
    private const int MostAttemptsWithoutProgress = 3;

    // A connection that says nothing for so long is dead.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task RunAsync(ModelReference model, RemoteFile file, CancellationToken cancellationToken)
    {
        var blob = cache.Blob(file.Tag);
        if (File.Exists(blob))
        {
            return;
        }

        using var taken = await FileLock.TakeAsync(cache.LockFile(file.Tag), time, cancellationToken).ConfigureAwait(false);
        if (File.Exists(blob))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        var incomplete = blob + ".incomplete";
        var inherited = File.Exists(incomplete);
        var fault = await FetchAsync(model, file, incomplete, cancellationToken).ConfigureAwait(false);
        if (fault is not null && inherited)
        {
            // What an earlier attempt left may be to blame.
            fault = await FetchAsync(model, file, incomplete, cancellationToken).ConfigureAwait(false);
        }

        if (fault is not null)
        {
            throw new HubException(HubError.Corrupt, $"{file.Address}: {fault}. What was sent has been thrown away; try again.");
        }

        File.Move(incomplete, blob);
    }

    /// <summary>Fetches the rest and checks the whole. What fails the check is deleted.</summary>
    private async Task<string?> FetchAsync(ModelReference model, RemoteFile file, string incomplete, CancellationToken cancellationToken)
    {
        string? fault;
        using (var stream = new FileStream(incomplete, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            stream.Seek(0, SeekOrigin.End);
            await FillAsync(model, file, stream, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            stream.Position = 0;
            fault = await ContentCheck.FindFaultAsync(stream, file, cancellationToken).ConfigureAwait(false);
        }

        if (fault is not null)
        {
            File.Delete(incomplete);
        }

        return fault;
    }

    private async Task FillAsync(ModelReference model, RemoteFile file, FileStream stream, CancellationToken cancellationToken)
    {
        var idle = 0;
        while (file.Size is not { } size || stream.Length < size)
        {
            var before = stream.Length;
            try
            {
                await ReceiveAsync(model, file, stream, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is IOException or HttpRequestException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                idle = stream.Length > before ? 0 : idle + 1;
                if (idle >= MostAttemptsWithoutProgress)
                {
                    throw new HubException(
                        HubError.Unreachable,
                        $"{file.Address}: the hub broke off after {stream.Length} bytes ({error.Message}). They are kept; the next attempt goes on from there.",
                        error);
                }
            }
        }
    }

    private async Task ReceiveAsync(ModelReference model, RemoteFile file, FileStream stream, CancellationToken cancellationToken)
    {
        using var response = await client.OpenAsync(model, file, stream.Length, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Everything is there already, or what is there is of something else: the check will tell.
            return;
        }

        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != stream.Length)
        {
            stream.SetLength(0);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var content = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, either.Token).ConfigureAwait(false)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            patience.CancelAfter(Patience);
            if (file.Size is { } size && stream.Length > size)
            {
                return;
            }
        }
    }
}
