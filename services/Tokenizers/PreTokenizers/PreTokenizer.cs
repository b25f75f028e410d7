namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>The second stage: cuts text into the pieces that the model sees one by one. Safe for use from several threads.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Cuts every piece of the list further.</summary>
    public abstract void Split(PieceList pieces);

    /// <summary>Whether it asks for <see cref="PieceList.StartsText"/>, whose answer behind a normalizer needs the characters' sources.</summary>
    public virtual bool AsksForStart => false;
}
