using Atropos.Hosting;
using Atropos.Hosting.Errors;
using Atropos.Jinja;
using Grpc.Core;

namespace Atropos.TokenizerService;

/// <summary>The errors that callers of the tokenizer service see.</summary>
internal static class TokenizerErrors
{
    /// <summary>Most characters of a template's own message: it is from a stranger, and errors travel in trailers.</summary>
    private const int MostMessage = 4096;

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

    /// <summary>A text that was sent as a template does not compile.</summary>
    public static AtroposException NoTemplate(TemplateSyntaxException error) =>
        new(StatusCode.InvalidArgument, "INVALID_FIELD", $"chat_template is not a template: {Cut(error.Message)}", "chat_template", error);

    /// <summary>A template did not render the conversation. What it raised itself is in the message as it is.</summary>
    public static AtroposException Template(TemplateException error) => error is TemplateLimitException
        ? new(StatusCode.InvalidArgument, "CHAT_TEMPLATE_LIMIT", $"The chat template went past a limit: {Cut(error.Message)}", "chat_template", error)
        : new(
            StatusCode.InvalidArgument,
            "CHAT_TEMPLATE_ERROR",
            (error is TemplateRaisedException ? "The chat template refused the conversation: " : "The chat template failed on the conversation: ")
                + Cut(error.Message),
            "messages",
            error);

    private static string Cut(string message)
    {
        if (message.Length <= MostMessage)
        {
            return message;
        }

        var length = char.IsHighSurrogate(message[MostMessage - 1]) ? MostMessage - 1 : MostMessage;
        return message[..length] + "…";
    }
}
