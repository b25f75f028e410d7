using System.Text.Json;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>An error body, which must have exactly OpenAI's four members.</summary>
internal sealed record ErrorView(string Message, string Type, string? Param, string? Code)
{
    public static ErrorView Of(string body)
    {
        var error = Assert.Single(JsonDocument.Parse(body).RootElement.EnumerateObject());
        Assert.Equal("error", error.Name);
        Assert.Equal(["message", "type", "param", "code"], error.Value.EnumerateObject().Select(m => m.Name));
        return new ErrorView(
            error.Value.GetProperty("message").GetString()!,
            error.Value.GetProperty("type").GetString()!,
            error.Value.GetProperty("param").GetString(),
            error.Value.GetProperty("code").GetString());
    }
}
