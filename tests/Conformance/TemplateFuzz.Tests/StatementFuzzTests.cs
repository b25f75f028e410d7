using Atropos.TemplateFuzz.Tests.Generators;
using Atropos.TemplateFuzz.Tests.Oracle;
using Atropos.TemplateFuzz.Tests.Running;

namespace Atropos.TemplateFuzz.Tests;

public sealed class StatementFuzzTests
{
    [Fact]
    public void Random_statements_render_as_in_the_original()
    {
        var grammar = TemplateGrammar.Load();
        using var run = FuzzRun.StartOrSkip();
        run.Try("statements", random => new FuzzCase(
            TemplateGrammar.WithSigns(random, grammar.Make(random, "template", random.Next(3, 9))), TemplateGrammar.Variables(random)));
    }
}
