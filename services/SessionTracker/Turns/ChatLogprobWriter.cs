using Atropos.Router.V1;
using Atropos.SessionTracker.Clients;
using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>Writes the log-probabilities of sampled tokens in the form of chat completions.</summary>
internal sealed class ChatLogprobWriter(Vocabulary vocabulary)
{
    /// <summary>Writes those of a range of tokens; null where the engine reported none.</summary>
    public ChatLogprobs? Write(SampledRun tokens, int start, int end)
    {
        if (!tokens.HasLogprobs)
        {
            return null;
        }

        var logprobs = new ChatLogprobs();
        for (var i = start; i < end; i++)
        {
            logprobs.Content.Add(Entry(tokens.Ids[i], tokens.Logprob(i), tokens.Top(i)));
        }

        return logprobs;
    }

    private TokenLogprob Entry(int id, float logprob, TopLogprobs? top)
    {
        var entry = new TokenLogprob { Token = vocabulary.Text(id), Logprob = logprob };
        AddBytes(entry.Bytes, id);
        foreach (var (topId, topLogprob) in TopTokens.LikeliestFirst(top))
        {
            var likely = new TopLogprob { Token = vocabulary.Text(topId), Logprob = topLogprob };
            AddBytes(likely.Bytes, topId);
            entry.TopLogprobs.Add(likely);
        }

        return entry;
    }

    private void AddBytes(Google.Protobuf.Collections.RepeatedField<int> bytes, int id)
    {
        foreach (var b in vocabulary.Bytes(id))
        {
            bytes.Add(b);
        }
    }
}
