using Atropos.InferenceRouter.Streaming;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>The dialects by name.</summary>
internal sealed class DialectRegistry
{
    private readonly Dictionary<string, IEngineDialect> _dialects;

    public DialectRegistry(EngineHttp http, ILoggerFactory logging)
    {
        IEngineDialect[] all = [new VllmDialect(http, logging.CreateLogger<VllmDialect>()), new SglangDialect(http)];
        _dialects = all.ToDictionary(dialect => dialect.Name, StringComparer.Ordinal);
    }

    /// <summary>Every name that is known.</summary>
    public static IReadOnlyList<string> Names { get; } = [VllmDialect.DialectName, SglangDialect.DialectName];

    /// <summary>The dialect of a name.</summary>
    /// <exception cref="ArgumentException">None has it; the message lists those that there are.</exception>
    public IEngineDialect Get(string name) =>
        _dialects.TryGetValue(name, out var dialect)
            ? dialect
            : throw new ArgumentException($"dialect '{name}' is not known; known are {string.Join(", ", Names)}", nameof(name));
}
