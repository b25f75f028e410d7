using Atropos.TestSupport;
using Atropos.Tokenizers;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>Ours in the shape of the original's answer.</summary>
internal static class OurEncoding
{
    public static bool HasDetails => false;

    public static OracleEncoding Of(Tokenizer tokenizer, FuzzItem item)
    {
        var ids = tokenizer.Encode(item.Text, item.Special);
        return new OracleEncoding(ids, [], [], [], [], []);
    }
}
