using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Templates that came with requests, compiled. Anyone may send any number of them, so what is kept is bounded in number and in
/// characters; the oldest goes first. Safe to use from many threads.
/// </summary>
/// <param name="compile">Compiles a template's text.</param>
public sealed class TemplateCache(Func<string, ChatTemplate> compile)
{
    /// <summary>Most templates that are kept.</summary>
    public const int MostTemplates = 64;

    /// <summary>Most characters of all that are kept; compiled, a template takes some tens of bytes a character.</summary>
    public const int MostCharacters = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChatTemplate> _templates = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private int _characters;

    /// <summary>Number of templates that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _templates.Count;
            }
        }
    }

    /// <summary>Gives a template, compiled now or before.</summary>
    /// <param name="source">The template's text.</param>
    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    public ChatTemplate Get(string source)
    {
        lock (_gate)
        {
            if (_templates.TryGetValue(source, out var known))
            {
                return known;
            }
        }

        var template = compile(source);
        Keep(source, template);
        return template;
    }

    private void Keep(string source, ChatTemplate template)
    {
        lock (_gate)
        {
            if (!_templates.TryAdd(source, template))
            {
                return;
            }

            _oldest.Enqueue(source);
            _characters += source.Length;
            while (_templates.Count > MostTemplates || _characters > MostCharacters)
            {
                var oldest = _oldest.Dequeue();
                _templates.Remove(oldest);
                _characters -= oldest.Length;
            }
        }
    }
}
