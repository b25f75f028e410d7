using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;
using Atropos.TokenizerService.Templates;
using OpenAI.V1;

namespace Atropos.TokenizerService.Tests;

/// <summary>The service's calls over the embedded tokenizer.</summary>
internal static class TokenizerFixture
{
    public static readonly TokenizerRegistry Registry = new(new TokenizerServiceOptions());

    public static readonly TokenizerCalls Calls = new(Registry, new ChatRenderer(Registry), new OutputStreamFactory(Registry));

    public static Tokenizers.Tokenizer Tokenizer => Registry.Get("").Tokenizer;

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
