using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atropos.Tokenizers.Hub;

/// <summary>Asks a hub: which files there are, what is known of one, and its bytes.</summary>
internal sealed partial class HubClient(HttpClient http, HubOptions options)
{
    private const int MostRedirects = 10;

    public async Task<ModelListing> ListAsync(ModelReference model, CancellationToken cancellationToken)
    {
        var address = Address($"api/models/{model.Name}/revision/{Uri.EscapeDataString(model.Revision)}");
        using var response = await FollowAsync(HttpMethod.Get, address, model, from: 0, onHop: null, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken).ConfigureAwait(false);
            var commit = document.RootElement.GetProperty("sha").GetString() ?? "";
            var files = document.RootElement.GetProperty("siblings").EnumerateArray().Select(file => file.GetProperty("rfilename").GetString() ?? "").ToArray();
            return ModelReference.IsCommitHash(commit)
                ? new ModelListing(commit, files)
                : throw new HubException(HubError.Unreachable, $"{address}: expected a commit in 'sha', found '{commit}'.");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HubException(HubError.Unreachable, $"{address}: expected the model's 'sha' and 'siblings', found something else: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw Unreachable(address, error);
        }
    }

    public async Task<RemoteFile> DescribeAsync(ModelReference model, string commit, string name, CancellationToken cancellationToken)
    {
        var address = Address($"{model.Name}/resolve/{commit}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");
        string? tag = null;
        long? size = null;

        // What the hub itself says counts: where the content lies elsewhere, that place has tags and sizes of its own.
        void Note(HttpResponseMessage hop)
        {
            tag = Header(hop, "X-Linked-Etag") ?? tag;
            size = long.TryParse(Header(hop, "X-Linked-Size"), out var linked) ? linked : size;
            if (Header(hop, "X-Repo-Commit") is { } actual && actual != commit)
            {
                throw new HubException(HubError.Unreachable, $"{address}: expected commit {commit}, found {actual}.");
            }
        }

        using var response = await FollowAsync(HttpMethod.Head, address, model, from: 0, Note, cancellationToken).ConfigureAwait(false);
        tag ??= Header(response, "ETag");
        size ??= IsRedirect(response.StatusCode) ? null : response.Content.Headers.ContentLength;
        tag = (tag ?? "").Replace("W/", "", StringComparison.Ordinal).Trim('"');
        return TagPattern().IsMatch(tag)
            ? new RemoteFile(name, address, tag, size)
            : throw new HubException(HubError.Unreachable, $"{address}: expected an ETag of letters, digits and '-_.', found '{tag}'.");
    }

    /// <summary>Asks for a file's bytes from <paramref name="from"/> on; the answer may begin at 0 all the same, which its status tells.</summary>
    public Task<HttpResponseMessage> OpenAsync(ModelReference model, RemoteFile file, long from, CancellationToken cancellationToken) =>
        FollowAsync(HttpMethod.Get, file.Address, model, from, onHop: null, cancellationToken);

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static HubException Unreachable(Uri address, Exception error) =>
        new(HubError.Unreachable, $"{address}: the hub cannot be reached: {error.Message}", error);

    private static bool IsSameHost(Uri left, Uri right) => left.Scheme == right.Scheme && left.Host == right.Host && left.Port == right.Port;

    [GeneratedRegex(@"^[A-Za-z0-9_\-][A-Za-z0-9_.\-]{0,199}\z")]
    private static partial Regex TagPattern();

    private Uri Address(string path) => new(options.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);

    // A HEAD goes no further than the hub: where the content lies is of no interest yet.
    private async Task<HttpResponseMessage> FollowAsync(
        HttpMethod method, Uri address, ModelReference model, long from, Action<HttpResponseMessage>? onHop, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await SendAsync(method, address, from, cancellationToken).ConfigureAwait(false);
            try
            {
                onHop?.Invoke(response);
                if (!IsRedirect(response.StatusCode))
                {
                    return Accept(response, address, model, from);
                }

                var location = response.Headers.Location
                    ?? throw new HubException(HubError.Unreachable, $"{address}: expected a Location with status {(int)response.StatusCode}, found none.");
                var next = new Uri(address, location);
                if (method == HttpMethod.Head && !IsSameHost(next, options.Endpoint))
                {
                    return response;
                }

                address = next;
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }

        throw new HubException(HubError.Unreachable, $"{address}: more than {MostRedirects} redirects.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("atropos-tokenizers", "1"));

        // Compressed on the way, sizes and ranges would mean something else.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (options.Token is { } token && IsSameHost(address, options.Endpoint))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.RequestMessage?.RequestUri is { } final && final != address)
            {
                response.Dispose();
                throw new InvalidOperationException(
                    $"The HttpClient follows redirects by itself, which hides what the hub says about files; make it with {nameof(TokenizerHub)}.{nameof(TokenizerHub.CreateHandler)}.");
            }

            return response;
        }
        catch (HttpRequestException error)
        {
            throw Unreachable(address, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(address, error);
        }
    }

    private HttpResponseMessage Accept(HttpResponseMessage response, Uri address, ModelReference model, long from)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode || (status == 416 && from > 0))
        {
            return response;
        }

        var detail = Header(response, "X-Error-Message") is { Length: > 0 } message ? $" The hub says: {message}" : "";
        throw status switch
        {
            401 or 403 when options.Token is null => new HubException(
                HubError.Forbidden,
                $"{options.Endpoint.Host} does not give {model} to everyone (status {status}): it is gated, private or not there. "
                + $"Set HF_TOKEN to a token that may read it.{detail}"),
            401 or 403 => new HubException(
                HubError.Forbidden,
                $"{options.Endpoint.Host} does not give {model} to the holder of this token (status {status}). "
                + $"Ask for access at {Address(model.Name)}, or set HF_TOKEN to a token that may read it.{detail}"),
            404 => new HubException(HubError.NotFound, $"{options.Endpoint.Host} has no {model} ({address.AbsolutePath}).{detail}"),
            _ => new HubException(HubError.Unreachable, $"{address}: expected the file, found status {status}.{detail}"),
        };
    }
}
