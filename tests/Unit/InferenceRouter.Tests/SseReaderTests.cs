using System.IO.Pipelines;
using System.Text;
using Atropos.InferenceRouter.Streaming;

namespace Atropos.InferenceRouter.Tests;

public sealed class SseReaderTests
{
    private const string Stream =
        ": keep-alive\r\n\r\ndata: {\"a\":\"é\"}\r\n\r\nevent: x\nid: 7\nretry: 1\ndata:{\"b\":\ndata: 2}\n\n\n\ndata\n\ndatabase: no\n\n: end\ndata: [DONE]\n\n";

    private static readonly string[] Events = ["{\"a\":\"é\"}", "{\"b\":\n2}", "[DONE]"];

    [Fact]
    public async Task ReadAsync_cutAtEveryByte_givesTheSameEvents()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(Events, await ReadAsync(bytes[..cut], bytes[cut..]));
        }
    }

    [Fact]
    public async Task ReadAsync_byteByByte_givesTheSameEvents()
    {
        var pieces = Encoding.UTF8.GetBytes(Stream).Select(item => new[] { item }).ToArray();

        Assert.Equal(Events, await ReadAsync(pieces));
    }

    [Theory]
    [InlineData("data: {\"a\":1}\n\ndata: [DONE]", "{\"a\":1}|[DONE]")]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":2}\n", "{\"a\":1}|{\"b\":2}")]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":2", "{\"a\":1}")]
    [InlineData("data: {\"a\":1}\n\ndata: ", "{\"a\":1}")]
    [InlineData("", "")]
    public async Task ReadAsync_aStreamWithoutItsEnd_givesWhatIsWhole(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', await ReadAsync(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("""{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \" NaN"}""", """{"a":null,"b":[null,null],"c":"NaN \" NaN"}""")]
    public void TryMakeNull_bareNumbers_leavesStringsAlone(string json, string expected)
    {
        Assert.True(BareNumbers.TryMakeNull(Encoding.UTF8.GetBytes(json), out var mended));
        Assert.Equal(expected, Encoding.UTF8.GetString(mended));
    }

    private static async Task<List<string>> ReadAsync(params byte[][] pieces)
    {
        var pipe = new Pipe();
        var reader = new SseReader(pipe.Reader);
        var writing = Task.Run(async () =>
        {
            foreach (var piece in pieces)
            {
                await pipe.Writer.WriteAsync(piece);
            }

            await pipe.Writer.CompleteAsync();
        });
        var events = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            events.Add(Encoding.UTF8.GetString(reader.Data.Span));
        }

        await writing;
        return events;
    }
}
