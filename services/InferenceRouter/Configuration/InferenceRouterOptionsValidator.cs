using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Dialects;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>Finds everything that is wrong with the router's options at once.</summary>
internal static class InferenceRouterOptionsValidator
{
    /// <summary>Lists what is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <param name="list">What the list of engines is called where they were written.</param>
    /// <param name="dialect">What an engine's dialect is called there.</param>
    public static List<string> Problems(InferenceRouterOptions options, string list = "engines", string dialect = "dialect")
    {
        var problems = new List<string>();
        if (options.Engines.Count == 0)
        {
            problems.Add($"{list}: empty; name at least one engine");
        }

        if (BalancingPolicies.Find(options.Balancing) is null)
        {
            problems.Add($"balancing: '{options.Balancing}' is not known; known are {string.Join(", ", BalancingPolicies.Names)}");
        }

        AtLeastOne(options.MaxAttempts, "max_attempts");
        AtLeastOne(options.UnhealthyAfter, "unhealthy_after");
        Positive(options.ConnectTimeout, "connect_timeout");
        Positive(options.HealthInterval, "health_interval");
        Positive(options.HealthTimeout, "health_timeout");
        if (options.MaxWaitingRequests < 0)
        {
            problems.Add($"max_waiting_requests: {options.MaxWaitingRequests} is negative");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < options.Engines.Count; i++)
        {
            CheckEngine(options.Engines[i], i);
        }

        for (var i = 0; i < options.Models.Count; i++)
        {
            var model = options.Models[i];
            if (string.IsNullOrWhiteSpace(model.Name))
            {
                problems.Add($"models[{i}].name: missing");
            }
            else if (options.Models.Take(i).Any(other => other.Name == model.Name))
            {
                problems.Add($"models[{i}].name: '{model.Name}' is named twice");
            }

            if (model.MaxModelLen < 0)
            {
                problems.Add($"models[{i}].max_model_len: {model.MaxModelLen} is negative; 0 asks the engine");
            }
        }

        return problems;

        void AtLeastOne(int value, string field)
        {
            if (value < 1)
            {
                problems.Add($"{field}: {value} is too few; give at least 1");
            }
        }

        void Positive(TimeSpan value, string field)
        {
            if (value <= TimeSpan.Zero)
            {
                problems.Add($"{field}: {value.TotalSeconds} s is not a time to wait; give more than 0");
            }
        }

        void CheckEngine(EngineOptions engine, int index)
        {
            var at = $"{list}[{index}]";
            if (!EngineBaseUrl.TryParse(engine.BaseUrl, out _, out var urlProblem))
            {
                problems.Add($"{at}.base_url: {urlProblem}");
            }

            if (string.IsNullOrWhiteSpace(engine.Dialect))
            {
                problems.Add($"{at}.{dialect}: missing; known are {string.Join(", ", DialectRegistry.Names)}");
            }
            else if (!DialectRegistry.Names.Contains(engine.Dialect))
            {
                problems.Add($"{at}.{dialect}: '{engine.Dialect}' is not known; known are {string.Join(", ", DialectRegistry.Names)}");
            }

            if (engine.Models.Count == 0 || engine.Models.Any(string.IsNullOrWhiteSpace))
            {
                problems.Add($"{at}.model_name: missing; name the model that the engine serves");
            }

            if (engine.MaxRequestsInFlight < 0)
            {
                problems.Add($"{at}.num_max_requests_at_once: {engine.MaxRequestsInFlight} is negative; 0 is no limit");
            }

            Positive(engine.Timeout, $"{at}.timeout");
            Positive(engine.IdleTimeout, $"{at}.idle_timeout");
            if (engine.ApiKey.Any(character => character is < ' ' or > '~'))
            {
                problems.Add($"{at}.api_key: holds a character that cannot stand in a header");
            }

            if (engine.Id.Length > 0 && !seen.TryAdd(engine.Id, index))
            {
                problems.Add($"{at}.id: '{engine.Id}' is already the id of {list}[{seen[engine.Id]}]");
            }
        }
    }
}
