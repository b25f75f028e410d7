using System.Text.Json;
using Atropos.Jinja;

namespace Atropos.ChatTemplates.Tests;

/// <summary>A conversation of several turns: what is given before each answer, and the answers.</summary>
/// <param name="Name">Its name in the list of exceptions.</param>
/// <param name="Turns">The turns; the last one's answer is null: it is what is asked for.</param>
/// <param name="Tools">The tools; null for none.</param>
/// <param name="Arguments">Variables for the template; null for none.</param>
internal sealed record Shape(string Name, IReadOnlyList<Turn> Turns, JinjaList? Tools = null, JinjaDict? Arguments = null)
{
    /// <summary>The messages up to and including those given in a turn, and with its answer where that is asked for.</summary>
    public List<JinjaDict> Messages(int turn, bool withAnswer)
    {
        var messages = new List<JinjaDict>();
        for (var i = 0; i <= turn; i++)
        {
            messages.AddRange(Turns[i].Given);
            if (Turns[i].Answer is { } answer && (i < turn || withAnswer))
            {
                messages.Add(answer.Message);
            }
        }

        return messages;
    }

    public static T Json<T>(string json)
    {
        using var document = JsonDocument.Parse(json);
        return (T)JinjaValue.FromJson(document.RootElement)!;
    }
}
