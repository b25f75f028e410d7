namespace Atropos.Jinja;

/// <summary>Marks a variable or argument that has no value at all; templates never see it.</summary>
internal sealed class Missing
{
    public static readonly Missing Value = new();

    private Missing()
    {
    }
}
