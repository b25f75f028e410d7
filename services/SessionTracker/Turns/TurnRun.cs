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
        var merged = Channel.CreateUnbounded<Handover>(new UnboundedChannelOptions { SingleReader = true });
        var running = WhenAllAsync(prompts.Select(prompt => PumpAsync(prompt, merged.Writer, failing)), merged.Writer);
        var began = 0;
        var early = new List<Handover>();
        try
        {
            await foreach (var item in merged.Reader.ReadAllAsync(cancellationToken))
            {
                if (began == prompts.Count)
                {
                    yield return item.Progress;
                    item.Taken.Release();
                    continue;
                }

                // Until every prompt has an engine the request can still be refused as a whole, so nothing is shown.
                if (item.Progress.Choice is not null)
                {
                    early.Add(item);
                    continue;
                }

                item.Taken.Release();
                if (++began == prompts.Count)
                {
                    yield return ChoiceProgress.Began;
                    foreach (var held in early)
                    {
                        yield return held.Progress;
                        held.Taken.Release();
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

    private static async Task PumpAsync(PromptRun prompt, ChannelWriter<Handover> writer, CancellationTokenSource failing)
    {
        // Not disposed of: who holds it may let it go after another prompt's failure has ended this one.
        var taken = new SemaphoreSlim(0);
        try
        {
            await foreach (var progress in prompt.RunAsync(failing.Token))
            {
                // Whoever takes it reads the completion too, which must not grow meanwhile.
                writer.TryWrite(new Handover(progress, taken));
                await taken.WaitAsync(failing.Token);
            }
        }
        catch (Exception e)
        {
            // The first failure is the one that the client is told; those that it causes come too late to complete the channel.
            writer.TryComplete(e);
            await failing.CancelAsync();
        }
    }

    private static async Task WhenAllAsync(IEnumerable<Task> pumps, ChannelWriter<Handover> writer)
    {
        await Task.WhenAll(pumps);
        writer.TryComplete();
    }

    // The prompt that it is of goes on once it has been taken.
    private readonly record struct Handover(ChoiceProgress Progress, SemaphoreSlim Taken);
}
