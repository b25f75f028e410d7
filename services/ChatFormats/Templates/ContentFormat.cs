using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Tells whether a template takes a message's content as a list of parts or as a string, by vLLM's rule: parts where it loops over the
/// <c>content</c> of what a loop over <c>messages</c>, or over a variable that was set from them, gives.
/// </summary>
internal static class ContentFormat
{
    /// <summary>Whether the template takes parts.</summary>
    public static bool TakesParts(IReadOnlyList<TemplateBinding> bindings)
    {
        var conversations = Conversations(bindings);
        var loops = bindings.Where(binding => binding.IsLoop).ToList();
        var overMessages = loops.Where(loop => loop.Member is null && conversations.Contains(loop.Variable)).ToList();
        var names = overMessages.Select(loop => loop.Target).ToHashSet(StringComparer.Ordinal);
        var overContent = loops.Find(loop => loop.Member == "content" && names.Contains(loop.Variable));

        // Where the messages, or the first content, go to anything but one plain name, vLLM gives up and takes a string.
        return !conversations.Contains(null) && !names.Contains(null) && overContent?.Target is not null;
    }

    /// <summary>The variables that hold the messages or some of them; null among them where what they are put into is no variable.</summary>
    private static HashSet<string?> Conversations(IReadOnlyList<TemplateBinding> bindings)
    {
        var found = new HashSet<string?>(StringComparer.Ordinal) { "messages" };
        var open = new Queue<string>(["messages"]);
        while (open.TryDequeue(out var variable))
        {
            foreach (var set in bindings.Where(binding => !binding.IsLoop && binding.Member is null && binding.Variable == variable))
            {
                if (found.Add(set.Target) && set.Target is { } target)
                {
                    open.Enqueue(target);
                }
            }
        }

        return found;
    }
}
