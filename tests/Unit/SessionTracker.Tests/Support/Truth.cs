using Atropos.Sessions.V1;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>What must hold of every node: it is what was sent and what was sampled, token by token.</summary>
internal static class Truth
{
    /// <summary>Checks nodes against the requests that reached the engine.</summary>
    /// <param name="tracker">Has the requests.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="sampled">Everything that the engine gave.</param>
    public static void Holds(Tracker tracker, IReadOnlyList<Node> nodes, params ScriptedChoice[] sampled)
    {
        Assert.NotEmpty(nodes);
        var prompts = tracker.Router.Requests.Select(request => request.Tokens.TokenIds.ToArray()).ToList();
        foreach (var node in nodes)
        {
            Assert.Equal(node.Tokens.Count, node.MaskedTokens.Count);
            Assert.Equal(node.Tokens.Count, node.Logprobs.Count);
            Assert.Equal(ByteVocabulary.Decode(node.Tokens), node.FullText);
            Assert.NotEmpty(node.Metadata.Spans);
            var covered = new HashSet<int>();
            foreach (var span in node.Metadata.Spans)
            {
                var ids = node.Tokens.Skip(span.Start).Take(span.End - span.Start).ToArray();
                Assert.Contains(prompts, prompt => prompt.SequenceEqual(node.Tokens.Take(span.Start)));
                var choice = Assert.Single(sampled.Where(s => s.Ids.AsSpan().StartsWith(ids)).DistinctBy(s => string.Join(',', s.Ids)));
                for (var i = 0; i < ids.Length; i++)
                {
                    Assert.Equal(ids[i], node.MaskedTokens[span.Start + i]);
                    Assert.Equal(choice.Logprob(i), node.Logprobs[span.Start + i]);
                    covered.Add(span.Start + i);
                }
            }

            Assert.All(Enumerable.Range(0, node.Tokens.Count).Where(i => !covered.Contains(i)), i =>
            {
                Assert.Equal(-100, node.MaskedTokens[i]);
                Assert.Equal(1.0f, node.Logprobs[i]);
            });
        }
    }
}
