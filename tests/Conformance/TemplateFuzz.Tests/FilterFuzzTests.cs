using Atropos.TemplateFuzz.Tests.Generators;
using Atropos.TemplateFuzz.Tests.Oracle;
using Atropos.TemplateFuzz.Tests.Running;

namespace Atropos.TemplateFuzz.Tests;

public sealed class FilterFuzzTests
{
    [Fact]
    public void Random_filters_of_random_values_give_what_the_original_gives()
    {
        var grammar = TemplateGrammar.Load();
        using var run = FuzzRun.StartOrSkip();
        run.Try("filters", random => new FuzzCase(grammar.Make(random, "filtered", random.Next(2, 5)), TemplateGrammar.Variables(random)));
    }
}
