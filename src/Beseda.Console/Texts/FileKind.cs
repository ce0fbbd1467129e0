namespace Beseda.Workplace.Texts;

/// <summary>What a file is to whoever gets it.</summary>
public enum FileKind
{
    Picture,
    Video,
    Voice,
    Audio,
    Document,
}
