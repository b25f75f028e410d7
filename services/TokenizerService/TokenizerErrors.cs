using Atropos.Hosting.Errors;
using Grpc.Core;

namespace Atropos.TokenizerService;

/// <summary>The errors that callers of the tokenizer service see.</summary>
internal static class TokenizerErrors
{
    public static AtroposException Invalid(string field, string problem) =>
        new(StatusCode.InvalidArgument, "INVALID_FIELD", $"{field} {problem}", field);

    public static AtroposException UnknownTokenizer(string name, IEnumerable<string> known) =>
        new(StatusCode.NotFound, "TOKENIZER_NOT_FOUND",
            $"No tokenizer '{name}' is loaded. Loaded: {string.Join(", ", known)}.", "tokenizer");

    public static AtroposException NoChatTemplate(string name) =>
        new(StatusCode.FailedPrecondition, "NO_CHAT_TEMPLATE",
            $"Tokenizer '{name}' has no chat template: put a chat_template.jinja beside its tokenizer.json, or send chat_template.",
            "chat_template");

    public static AtroposException Template(string message) =>
        new(StatusCode.InvalidArgument, "CHAT_TEMPLATE_ERROR", $"The chat template refused the conversation: {message}", "messages");
}
