using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Beseda.Server.Users;

/// <summary>
/// What no rule of the journal uses: how users of this installation sign in, and the keys of their cookies. With SQLite a
/// file of its own, so that the journal's writer never waits for it.
/// </summary>
public class DirectoryDb : IdentityUserContext<User, long>, IDataProtectionKeyContext
{
    public DirectoryDb(DbContextOptions<DirectoryDb> options)
        : base(options)
    {
    }

    protected DirectoryDb(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Creates or upgrades the tables.</summary>
    /// <remarks>
    /// The lock row of a migration that was killed half-way would block the next one for ever. The data folder is locked
    /// when this runs, so nobody else can be migrating.
    /// </remarks>
    public virtual async Task UpgradeAsync()
    {
        // Without it, who writes while somebody reads is turned away at once. (Migrations set it only for a file they make.)
        await Database.ExecuteSqlRawAsync("pragma journal_mode = wal");
        if (!(await Database.GetPendingMigrationsAsync()).Any())
            return;
        await Database.ExecuteSqlRawAsync("drop table if exists __EFMigrationsLock");
        await Database.MigrateAsync();
    }

    public static string ConnectionString(string folder) => $"Data Source={Path.Combine(folder, "directory.db")}";
}

/// <summary>The same in PostgreSQL, in the journal's database, with migrations of its own.</summary>
public sealed class PostgresDirectoryDb(DbContextOptions<PostgresDirectoryDb> options) : DirectoryDb(options)
{
    /// <summary>Several nodes may come to this at once: they take turns.</summary>
    public override Task UpgradeAsync() => Database.MigrateAsync();
}

/// <summary>Somebody who signs in, with an e-mail address and a hashed password.</summary>
public sealed class User : IdentityUser<long>;

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
public sealed class DirectoryDesign : IDesignTimeDbContextFactory<DirectoryDb>
{
    public DirectoryDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DirectoryDb>().UseSqlite("Data Source=design.db").Options);
}

/// <inheritdoc cref="DirectoryDesign"/>
public sealed class PostgresDirectoryDesign : IDesignTimeDbContextFactory<PostgresDirectoryDb>
{
    public PostgresDirectoryDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDirectoryDb>().UseNpgsql("Host=design").Options);
}
