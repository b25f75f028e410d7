namespace Atropos.InferenceRouter.Balancing;

/// <summary>A hash that is the same in every process, so that replicas of the router agree.</summary>
internal static class StableHash
{
    public static ulong Of(string first, string second)
    {
        // FNV-1a, then a finalizer: FNV alone leaves the high bits of short keys alike.
        var hash = 14695981039346656037UL;
        foreach (var character in first)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ 0xFFFF) * 1099511628211UL;
        foreach (var character in second)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
