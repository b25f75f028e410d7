using Atropos.Hosting;
using Atropos.Hosting.Errors;
using Grpc.Core;

namespace Atropos.TokenizerService;

/// <summary>The errors that callers of the tokenizer service see.</summary>
internal static class TokenizerErrors
{
    public static AtroposException Invalid(string field, string problem) =>
        new(StatusCode.InvalidArgument, "INVALID_FIELD", $"{field} {problem}", field);

    /// <summary>A text has something that the vocabulary has no token for, and the model has no unknown token.</summary>
    public static AtroposException NotEncodable(string field, Exception cause) => Invalid(field, $"cannot be encoded: {cause.Message}");

    public static AtroposException UnknownTokenizer(string name, IEnumerable<string> known) =>
        new(StatusCode.NotFound, "TOKENIZER_NOT_FOUND",
            $"No tokenizer '{name}' is served. Served: {string.Join(", ", known)}.", "tokenizer");

    public static AtroposException NotLoaded(string name, Exception cause) =>
        new(StatusCode.FailedPrecondition, "TOKENIZER_NOT_LOADED", $"Tokenizer '{name}' cannot be loaded: {cause.Message}", "tokenizer", cause);

    public static AtroposException TooLarge(string what, long bytes) =>
        new(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE",
            $"{what} is {bytes} bytes long; the most is {GrpcLimits.MaxMessageBytes}. Send less at once.");

    public static AtroposException RequestTooLarge() =>
        new(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE",
            $"A request is longer than {GrpcLimits.MaxMessageBytes} bytes, the most that is taken. Send less at once.");

    public static AtroposException Stopping() =>
        new(StatusCode.Unavailable, "STOPPING", "The tokenizer service is stopping; call another one, or this one when it is back.");

    public static AtroposException NoChatTemplate(string name, string problem) =>
        new(StatusCode.FailedPrecondition, "NO_CHAT_TEMPLATE", $"Tokenizer '{name}': chat_template {problem}", "chat_template");

    public static AtroposException Template(string message) =>
        new(StatusCode.InvalidArgument, "CHAT_TEMPLATE_ERROR", $"The chat template refused the conversation: {message}", "messages");
}
