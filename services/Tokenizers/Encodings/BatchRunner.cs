namespace Atropos.Tokenizers.Encodings;

/// <summary>Runs the parts of a batch on all processors, or on this thread where there is only one.</summary>
internal static class BatchRunner
{
    public static void Run(int count, Action<int> run)
    {
        if (count == 1)
        {
            run(0);
            return;
        }

        try
        {
            Parallel.For(0, count, run);
        }
        catch (AggregateException error) when (error.InnerExceptions is [var single, ..])
        {
            // Callers catch what the call for one text throws.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(single);
        }
    }
}
