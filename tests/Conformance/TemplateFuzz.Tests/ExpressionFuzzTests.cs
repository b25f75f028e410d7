using Atropos.TemplateFuzz.Tests.Generators;
using Atropos.TemplateFuzz.Tests.Oracle;
using Atropos.TemplateFuzz.Tests.Running;

namespace Atropos.TemplateFuzz.Tests;

public sealed class ExpressionFuzzTests
{
    [Fact]
    public void Random_expressions_evaluate_as_in_the_original()
    {
        var grammar = TemplateGrammar.Load();
        using var run = FuzzRun.StartOrSkip();
        run.Try("expressions", random => new FuzzCase(grammar.Make(random, "expression", random.Next(2, 6)), TemplateGrammar.Variables(random)));
    }
}
