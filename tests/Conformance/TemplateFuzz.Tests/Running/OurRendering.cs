using System.Text.Json;
using Atropos.Jinja;
using Atropos.TemplateFuzz.Tests.Oracle;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>What ours makes of a case.</summary>
internal static class OurRendering
{
    private static readonly TemplateOptions Options = new()
    {
        TimeProvider = new StandingClock(new DateTimeOffset(2024, 7, 26, 14, 5, 9, TimeSpan.Zero)),
    };

    private static readonly TemplateLimits Limits = new() { MaxSteps = 2_000_000, MaxOutputLength = 1 << 20 };

    public static Outcome Of(FuzzCase item)
    {
        try
        {
            using var variables = JsonDocument.Parse(item.Variables);
            var text = Template.Parse(item.Source, Options).Render(
                variables.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value), Limits);
            return new Outcome(OutcomeKind.Text, text);
        }
        catch (TemplateLimitException error)
        {
            return new Outcome(OutcomeKind.Dropped, error.Message);
        }
        catch (TemplateRaisedException error)
        {
            return new Outcome(OutcomeKind.Raised, error.Message);
        }
        catch (TemplateSyntaxException error)
        {
            return new Outcome(OutcomeKind.Syntax, error.Reason);
        }
        catch (TemplateRuntimeException error)
        {
            return new Outcome(OutcomeKind.Failed, $"{error.ErrorType}: {error.Reason}");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new Outcome(OutcomeKind.Broken, error.ToString());
        }
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
