using Atropos.TemplateFuzz.Tests.Generators;
using Atropos.TemplateFuzz.Tests.Oracle;
using Atropos.TemplateFuzz.Tests.Running;

namespace Atropos.TemplateFuzz.Tests;

public sealed class ChatTemplateFuzzTests
{
    [Fact]
    public void Mutated_chat_templates_render_random_conversations_as_in_the_original()
    {
        var templates = ChatTemplates.Load();
        using var run = FuzzRun.StartOrSkip();
        run.Try("chat templates", random => new FuzzCase(
            TemplateMutator.Mutate(random, templates[random.Next(templates.Length)], templates), RandomConversation.Variables(random)));
    }
}
