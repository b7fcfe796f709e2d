// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.core.contract.backup.ArchiveAudit;
import eu.nephele.smo.core.contract.backup.ArchiveReader;
import eu.nephele.smo.core.contract.backup.ArchiveSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backup}: takes one from a running server, checks one, makes a key for them. */
@Command(
        name = "backup",
        description =
                "Takes a backup of everything that a running server keeps, and checks it while it comes. verify: checks one.",
        synopsisSubcommandLabel = "[COMMAND]")
public final class BackupCommand implements Callable<Integer> {

    private static final String BACKUP = RestCalls.path("api", "v1", "backup");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The new archive.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        Path target = file;
        if (target == null) {
            throw connection.wrong("Missing required parameter: FILE");
        }
        ArchiveKeys encryption = keys.keys();
        ArchiveSummary archive;
        long bytes;
        try (PrivateFile written = PrivateFile.create(target)) {
            try (InputStream sent = connection.client().streamOfPost(BACKUP);
                    OutputStream out = encryption.encrypting(written.out())) {
                archive = ArchiveReader.read(new CopiedInput(sent, out), new ArchiveAudit());
            }
            bytes = written.bytes();
            written.complete();
        }
        if (connection.terminal().isJson()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("file", target.toString());
            json.put("bytes", bytes);
            json.put("encrypted", encryption.encrypts());
            json.setAll(ArchiveView.json(archive));
            connection.terminal().json(json);
        } else {
            ArchiveView.print(connection.terminal(), archive);
            connection.terminal().good("%s has %d bytes and is whole".formatted(target, bytes));
            if (!encryption.encrypts()) {
                connection
                        .terminal()
                        .notable("It is not encrypted: whoever reads it has all graphs and the hashes of passwords");
            }
        }
        return 0;
    }

    @Command(
            description =
                    "Checks an archive without restoring it: whether it is whole, and the chain of the audit in it.")
    int verify(@Mixin ConnectionOptions output, @Mixin KeyOptions given, @Parameters(paramLabel = "FILE") Path archive)
            throws IOException {
        ArchiveSummary whole;
        try (InputStream in = given.keys().decrypting(Files.newInputStream(archive))) {
            whole = ArchiveReader.read(in, new ArchiveAudit());
        }
        if (output.terminal().isJson()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("file", archive.toString());
            json.put("good", true);
            json.setAll(ArchiveView.json(whole));
            output.terminal().json(json);
        } else {
            ArchiveView.print(output.terminal(), whole);
            output.terminal().good("%s is whole".formatted(archive));
        }
        return 0;
    }

    @Command(
            name = "new-key",
            description =
                    "Makes a key: the private one into FILE, which has to be kept elsewhere; prints the public one.")
    int newKey(@Mixin ConnectionOptions output, @Parameters(paramLabel = "FILE") Path target) throws IOException {
        ArchiveKeys.NewKey key = ArchiveKeys.NewKey.create();
        try (PrivateFile written = PrivateFile.create(target)) {
            written.out()
                    .write("# public key: %s\n%s\n"
                            .formatted(key.recipient(), key.identity())
                            .getBytes(StandardCharsets.US_ASCII));
            written.complete();
        }
        if (output.terminal().isJson()) {
            output.terminal().json(JsonNodeFactory.instance.objectNode().put("publicKey", key.recipient()));
        } else {
            output.terminal().line(key.recipient());
        }
        return 0;
    }
}
