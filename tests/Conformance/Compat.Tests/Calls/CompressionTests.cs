using System.IO.Compression;
using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Atropos.Compat.Tests.Calls;

public class CompressionTests
{
    private static readonly ICompressionProvider[] Providers =
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void Provider_reads_what_it_wrote_and_leaves_the_target_open(string name)
    {
        var provider = Providers.Single(p => p.EncodingName == name);
        var packed = new MemoryStream();
        using (var stream = provider.CreateCompressionStream(packed, CompressionLevel.SmallestSize))
        {
            stream.Write(new byte[100_000]);
        }

        Assert.InRange(packed.Length, 1, 2_000);
        packed.Position = 0;
        var plain = new MemoryStream();
        using (var stream = provider.CreateDecompressionStream(packed))
        {
            stream.CopyTo(plain);
        }

        Assert.Equal(100_000, plain.Length);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Messages_are_compressed_both_ways(string encoding)
    {
        var seen = new EncodingNote();
        await using var server = await EchoServer.StartAsync(new EchoServiceImpl(new EchoProbe()), [seen], options =>
        {
            options.ResponseCompressionAlgorithm = encoding;
            options.CompressionProviders = [.. Providers];
        });
        var counting = new CountingHandler();
        using var channel = server.Connect(options =>
        {
            options.CompressionProviders = [.. Providers];
            options.HttpHandler = counting;
        });
        var text = new string('a', 1_000_000);

        var response = await new EchoService.EchoServiceClient(channel).UnaryAsync(
            new EchoRequest { Text = text }, new Metadata { { "grpc-internal-encoding-request", encoding } });

        Assert.Equal(text, response.Text);
        Assert.Equal(encoding, seen.RequestEncoding);
        Assert.InRange(counting.RequestBytes, 1, 50_000);
        Assert.Equal(encoding, counting.ResponseEncoding);
    }

    private sealed class EncodingNote : Grpc.Core.Interceptors.Interceptor
    {
        public string? RequestEncoding { get; private set; }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            RequestEncoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
            return continuation(request, context);
        }
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        public CountingHandler()
            : base(new SocketsHttpHandler())
        {
        }

        public long RequestBytes { get; private set; }

        public string? ResponseEncoding { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            RequestBytes = body.Length;
            var copy = new ByteArrayContent(body);
            foreach (var (key, values) in request.Content.Headers)
            {
                copy.Headers.TryAddWithoutValidation(key, values);
            }

            request.Content = copy;
            var response = await base.SendAsync(request, cancellationToken);
            ResponseEncoding = response.Headers.TryGetValues("grpc-encoding", out var encodings) ? encodings.Single() : null;
            return response;
        }
    }
}
