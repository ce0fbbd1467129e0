using System.Text;
using System.Xml.Linq;
using Beseda.Server.Doors;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Beseda.Server.Users;

/// <summary>Encrypts the keys of sign-in cookies by the install key: a copy of the database alone opens nothing.</summary>
public sealed class InstallKeyXml(InstallKey key) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("beseda", key.Encrypt(Purpose, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)))),
        typeof(InstallKeyXmlReader));
}

/// <summary>Named in the stored keys, and made by their reader.</summary>
public sealed class InstallKeyXmlReader(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
        services.GetRequiredService<InstallKey>().Decrypt(InstallKeyXml.Purpose, encryptedElement.Value)));
}
