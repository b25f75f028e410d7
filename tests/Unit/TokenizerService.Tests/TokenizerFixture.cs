using Atropos.Hosting.Health;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI.V1;

namespace Atropos.TokenizerService.Tests;

/// <summary>The service's calls over the embedded tokenizer.</summary>
internal static class TokenizerFixture
{
    public static readonly TokenizerRegistry Registry = CreateRegistry(new TokenizerServiceOptions());

    public static readonly LoadedTokenizer Loaded = Registry.GetAsync("", CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static readonly TestCalls Calls = new(Loaded);

    public static Tokenizers.Tokenizer Tokenizer => Loaded.Tokenizer;

    public static TokenizerRegistry CreateRegistry(TokenizerServiceOptions options, ILogger<TokenizerRegistry>? logger = null, HealthRegistry? health = null) =>
        new(options, TimeProvider.System, logger ?? NullLogger<TokenizerRegistry>.Instance, health);

    public static int Id(string token) => Tokenizer.TokenToId(token)!.Value;

    public static ChatMessage Message(string role, string text) =>
        new() { Role = role, Content = new MessageContent { Text = text } };

    public static RenderChatRequest Render(params ChatMessage[] messages)
    {
        var request = new RenderChatRequest();
        request.Messages.AddRange(messages);
        return request;
    }

    public static string Decode(IEnumerable<int> ids) => Tokenizer.Decode([.. ids], skipSpecialTokens: false);
}
