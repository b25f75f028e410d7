using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Atropos.SessionTracker.Turns;

/// <summary>
/// A turn under way: one generation a prompt, and what they add up to. Streamed and whole answers both read
/// <see cref="RunAsync"/> to its end and then commit.
/// </summary>
internal sealed class TurnRun(TurnSettings settings, IReadOnlyList<PromptRun> prompts)
{
    /// <summary>What was asked for.</summary>
    public TurnSettings Settings => settings;

    /// <summary>The generations, by prompt.</summary>
    public IReadOnlyList<PromptRun> Prompts => prompts;

    /// <summary>All completions: those of the first prompt by index, then those of the second, and so on.</summary>
    public IEnumerable<ChoiceAssembler> Choices => prompts.SelectMany(prompt => prompt.Choices);

    /// <summary>Generates for all prompts at once.</summary>
    public IAsyncEnumerable<ChoiceProgress> RunAsync(CancellationToken cancellationToken) =>
        prompts.Count == 1 ? prompts[0].RunAsync(cancellationToken) : MergeAsync(cancellationToken);

    private async IAsyncEnumerable<ChoiceProgress> MergeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = Channel.CreateBounded<ChoiceProgress>(prompts.Count);
        var running = WhenAllAsync(prompts.Select(prompt => PumpAsync(prompt, merged.Writer, failing)), merged.Writer);
        var began = 0;
        var early = new List<ChoiceProgress>();
        try
        {
            await foreach (var progress in merged.Reader.ReadAllAsync(cancellationToken))
            {
                if (began == prompts.Count)
                {
                    yield return progress;
                    continue;
                }

                // Until every prompt has an engine the request can still be refused as a whole, so nothing is shown.
                if (progress.Choice is not null)
                {
                    early.Add(progress);
                }
                else if (++began == prompts.Count)
                {
                    yield return ChoiceProgress.Began;
                    foreach (var held in early)
                    {
                        yield return held;
                    }
                }
            }
        }
        finally
        {
            await failing.CancelAsync();
            await running;
        }
    }

    private static async Task PumpAsync(PromptRun prompt, ChannelWriter<ChoiceProgress> writer, CancellationTokenSource failing)
    {
        try
        {
            await foreach (var progress in prompt.RunAsync(failing.Token))
            {
                await writer.WriteAsync(progress, failing.Token);
            }
        }
        catch (Exception e)
        {
            // The first failure is the one that the client is told; those that it causes come too late to complete the channel.
            writer.TryComplete(e);
            await failing.CancelAsync();
        }
    }

    private static async Task WhenAllAsync(IEnumerable<Task> pumps, ChannelWriter<ChoiceProgress> writer)
    {
        await Task.WhenAll(pumps);
        writer.TryComplete();
    }
}
