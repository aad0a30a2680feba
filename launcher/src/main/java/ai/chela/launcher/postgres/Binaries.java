package ai.chela.launcher.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive that is on the class path. */
final class Binaries {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private Binaries() {}

    /** Unpacks into this folder unless it is there; a half-unpacked one is never taken for a whole. */
    static void unpack(Path folder) throws IOException {
        if (Files.isExecutable(folder.resolve("bin/postgres"))) return;
        Path fresh = Files.createTempDirectory(folder.toAbsolutePath().getParent(), ".unpacking");
        Files.setPosixFilePermissions(fresh, PROGRAM);
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                write(fresh, entry, tar);
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static InputStream open() throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "postgres-linux-" + machine + ".txz";
        InputStream archive = Binaries.class.getResourceAsStream("/" + name);
        if (archive == null)
            throw new IOException("There is no PostgreSQL for this machine on the class path (" + name
                    + "); Chela's local stack runs on Linux, x86-64 and arm64");
        return archive;
    }

    private static void write(Path folder, TarArchiveEntry entry, InputStream content) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) throw new IOException("an archive entry leaves its folder: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PROGRAM);
            return;
        }
        Path parent = Objects.requireNonNull(target.getParent());
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
            Path to = parent.resolve(entry.getLinkName()).normalize();
            if (!to.startsWith(folder)) throw new IOException("an archive link leaves its folder: " + entry.getName());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        Files.setPosixFilePermissions(target, (entry.getMode() & 0100) != 0 ? PROGRAM : FILE);
    }
}
