using System.Globalization;
using OpenAI.V1;

namespace Atropos.TokenizerService.Templates;

/// <summary>A word that stands in for an answer while a template is rendered, to find what the template puts after it.</summary>
internal static class Sentinel
{
    private const string Stem = "ATROPOSANSWER";

    /// <summary>A sentinel that occurs in none of the messages.</summary>
    public static string For(IEnumerable<ChatMessage> messages)
    {
        var texts = messages.ToList();
        for (var number = 0; ; number++)
        {
            var sentinel = Stem + number.ToString(CultureInfo.InvariantCulture) + "X";
            if (!texts.Exists(message => message.ToString().Contains(sentinel, StringComparison.Ordinal)))
            {
                return sentinel;
            }
        }
    }
}
