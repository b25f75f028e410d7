using System.Text.Json.Serialization;

namespace Atropos.Integration.Tests.Support;

/// <summary>A node as REST gives it, and what must hold of every node.</summary>
internal sealed record RecordedNode(
    [property: JsonPropertyName("full_text")] string FullText,
    [property: JsonPropertyName("tokens")] int[] Tokens,
    [property: JsonPropertyName("masked_tokens")] int[] MaskedTokens,
    [property: JsonPropertyName("logprobs")] float[] Logprobs,
    [property: JsonPropertyName("metadata")] RecordedNodeMetadata Metadata)
{
    /// <summary>The sampled positions, in order.</summary>
    public IEnumerable<int> Sampled => Enumerable.Range(0, Tokens.Length).Where(i => MaskedTokens[i] != -100);

    public void AssertAligned()
    {
        Assert.Equal(Tokens.Length, MaskedTokens.Length);
        Assert.Equal(Tokens.Length, Logprobs.Length);
        for (var i = 0; i < Tokens.Length; i++)
        {
            if (MaskedTokens[i] == -100)
            {
                Assert.Equal(1.0f, Logprobs[i]);
            }
            else
            {
                Assert.Equal(Tokens[i], MaskedTokens[i]);
                Assert.True(Logprobs[i] <= 0, $"Position {i} has logprob {Logprobs[i]}.");
            }
        }
    }
}

/// <summary>What is known of a node beside its tokens.</summary>
internal sealed record RecordedNodeMetadata(
    [property: JsonPropertyName("node_id")] string NodeId,
    [property: JsonPropertyName("finish_reason")] string FinishReason,
    [property: JsonPropertyName("turn_id")] string TurnId);
