using Atropos.Tokenizer.V1;
using Google.Protobuf.Collections;

namespace Atropos.SessionTracker.Turns;

/// <summary>What has become certain of one completion.</summary>
/// <param name="Choice">The completion; null says that generation has begun, which comes first, once.</param>
/// <param name="Deltas">The new parts, in order.</param>
internal readonly record struct ChoiceProgress(ChoiceAssembler? Choice, RepeatedField<OutputDelta> Deltas)
{
    /// <summary>Generation has begun.</summary>
    public static ChoiceProgress Began { get; } = new(null, []);
}
