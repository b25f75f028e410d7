using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a WordLevel model.</summary>
internal static class WordLevelLoader
{
    public static WordLevelModel Load(JsonSection section) =>
        new(ModelLoader.Vocabulary(section), section.Text("unk_token"));
}
