using Atropos.Router.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Grpc;

/// <summary>Served models in OpenAI's form.</summary>
internal static class ModelListMapper
{
    /// <summary>Maps the models, in their order.</summary>
    public static ModelList Map(IReadOnlyList<ServedModel> models)
    {
        var list = new ModelList { Object = "list" };
        foreach (var served in models)
        {
            var model = new Model { Id = served.Name, Object = "model", Created = served.Created, OwnedBy = "atropos" };
            if (served.MaxModelLen > 0)
            {
                model.MaxModelLen = served.MaxModelLen;
            }

            list.Data.Add(model);
        }

        return list;
    }
}
