using Microsoft.Extensions.Logging;

namespace Atropos.TokenizerService;

internal static partial class TokenizerLog
{
    [LoggerMessage(1, LogLevel.Information, "Tokenizer {Name} loaded from {Location}: {VocabularySize} ids, {Milliseconds:F0} ms")]
    public static partial void Loaded(ILogger logger, string name, string location, int vocabularySize, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Tokenizer {Name} cannot be loaded: {Problem}")]
    public static partial void LoadFailed(ILogger logger, string name, string problem);

    [LoggerMessage(3, LogLevel.Information, "Tokenizer {Name} has changed in {Location} and was loaded anew: {Fingerprint}")]
    public static partial void Reloaded(ILogger logger, string name, string location, string fingerprint);

    [LoggerMessage(4, LogLevel.Warning, "Tokenizer {Name} has changed and cannot be loaded; what was loaded before stays in use: {Problem}")]
    public static partial void ReloadFailed(ILogger logger, string name, string problem);

    [LoggerMessage(5, LogLevel.Information, "Tokenizer {Name} made room in memory; its next use loads it again")]
    public static partial void Dropped(ILogger logger, string name);
}
