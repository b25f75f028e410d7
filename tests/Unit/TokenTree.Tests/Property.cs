using FsCheck;
using FsCheck.Fluent;

namespace Atropos.TokenTree.Tests;

/// <summary>Runs a check on many seeds; a failure names the seed.</summary>
internal static class Property
{
    public static void Holds(Action<Random> check) =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                check(new Random(seed));
                return true;
            }).QuickCheckThrowOnFailure();
}
