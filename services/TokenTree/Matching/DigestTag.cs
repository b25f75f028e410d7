namespace Atropos.TokenTree.Matching;

/// <summary>What a digest is of. Stored hashes depend on the numbers: never change one.</summary>
internal enum DigestTag : byte
{
    Context = 1,
    GivenMessage = 2,
    Answer = 3,
    GivenLink = 4,
    AnswerLink = 5,
    Absent = 6,
    Text = 7,
    Parts = 8,
    Json = 9,
    Present = 10,
}
