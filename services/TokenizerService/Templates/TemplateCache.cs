using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.TokenizerService.Templates;

/// <summary>
/// Templates that came without a tokenizer, compiled. Anyone may send any number of them, so what is kept is bounded in number and in
/// characters; the oldest goes first. Safe to use from many threads.
/// </summary>
internal sealed class TemplateCache
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
    /// <exception cref="Hosting.Errors.AtroposException">The text is not a template; the message tells the line.</exception>
    public ChatTemplate Get(string source)
    {
        lock (_gate)
        {
            if (_templates.TryGetValue(source, out var known))
            {
                return known;
            }
        }

        var template = Compile(source);
        if (source.Length <= MostCharacters)
        {
            Keep(template);
        }

        return template;
    }

    private static ChatTemplate Compile(string source)
    {
        try
        {
            return ChatTemplate.Parse(source);
        }
        catch (TemplateSyntaxException error)
        {
            throw TokenizerErrors.NoTemplate(error);
        }
    }

    private void Keep(ChatTemplate template)
    {
        lock (_gate)
        {
            if (!_templates.TryAdd(template.Source, template))
            {
                return;
            }

            _oldest.Enqueue(template.Source);
            _characters += template.Source.Length;
            while (_templates.Count > MostTemplates || _characters > MostCharacters)
            {
                var source = _oldest.Dequeue();
                _templates.Remove(source);
                _characters -= source.Length;
            }
        }
    }
}
