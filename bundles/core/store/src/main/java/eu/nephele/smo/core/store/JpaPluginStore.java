// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.store.DamagedContentException;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import eu.nephele.smo.core.contract.store.PluginStore;
import eu.nephele.smo.core.store.row.PluginColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plugins: the table {@code plugin_list} has one row, {@code plugin_content} one for each file, {@code plugin_piece} their bytes. */
@Component(service = PluginStore.class)
public final class JpaPluginStore implements PluginStore {

    /** Bytes: a transaction of this size delays no other one, and H2 keeps it in its page. */
    static final int PIECE = 256 << 10;

    private static final String FORGET_PIECES = "delete from plugin_piece where digest = ?1";

    private final Database database;
    private final Transactions transactions;

    @Activate
    public JpaPluginStore(@Reference Database database) {
        this.database = database;
        this.transactions = database.transactions();
    }

    @Override
    public boolean isShared() {
        return !database.isEmbedded();
    }

    @Override
    public long revision() {
        return transactions.read("read the revision of the plugin list", entities -> new Sql(entities)
                .values("select revision from plugin_list where id = 1").stream()
                        .mapToLong(value -> ((Number) value).longValue())
                        .findFirst()
                        .orElse(0));
    }

    @Override
    public Optional<InstalledPlugins> installed() {
        return transactions.read("read the plugin list", entities -> new Sql(entities)
                .list(PluginColumns::installed, PluginColumns.SELECT).stream().findFirst());
    }

    @Override
    public boolean replace(InstalledPlugins next, Set<String> contents) {
        return transactions.write("store the plugin list", entities -> {
            Sql sql = new Sql(entities);
            String statement = next.revision() == 1 ? PluginColumns.INSERT : PluginColumns.UPDATE;
            if (sql.update(statement, PluginColumns.toRow(next)) == 0) {
                return false;
            }
            Object[] kept = contents.toArray();
            String others = kept.length == 0 ? "" : " where digest not in (" + Sql.marks(1, kept.length) + ")";
            sql.update("delete from plugin_content" + others, kept);
            sql.update("delete from plugin_piece" + others, kept);
            return true;
        });
    }

    @Override
    public Set<String> contents() {
        return transactions.read("read the digests of the stored plugin contents", entities -> new Sql(entities)
                .values("select digest from plugin_content").stream()
                        .map(String.class::cast)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public void keep(String sha256, InputStream content) throws IOException {
        forget(sha256);
        MessageDigest digest = sha256();
        long size = 0;
        int pieces = 0;
        byte[] piece = content.readNBytes(PIECE);
        while (piece.length > 0) {
            add(sha256, pieces, piece);
            digest.update(piece);
            size += piece.length;
            pieces++;
            piece = content.readNBytes(PIECE);
        }
        String read = HexFormat.of().formatHex(digest.digest());
        if (!read.equals(sha256)) {
            forget(sha256);
            throw new IOException(
                    "the content %s is not stored: its file has the digest %s now, it was changed meanwhile"
                            .formatted(sha256, read));
        }
        Object[] row = {sha256, size, pieces};
        transactions.write("store the content " + sha256, entities -> new Sql(entities)
                .update("insert into plugin_content (digest, size_bytes, pieces) values (?1, ?2, ?3)", row));
    }

    private void add(String sha256, int ordinal, byte[] piece) {
        transactions.write("store a piece of the content " + sha256, entities -> new Sql(entities)
                .update(
                        "insert into plugin_piece (digest, ordinal, content) values (?1, ?2, ?3)",
                        sha256,
                        ordinal,
                        piece));
    }

    private void forget(String sha256) {
        transactions.write("remove the content " + sha256, entities -> {
            Sql sql = new Sql(entities);
            sql.update("delete from plugin_content where digest = ?1", sha256);
            return sql.update(FORGET_PIECES, sha256);
        });
    }

    @Override
    public void copy(String sha256, OutputStream to) throws IOException {
        MessageDigest digest = sha256();
        int pieces = pieces(sha256);
        for (int ordinal = 0; ordinal < pieces; ordinal++) {
            byte[] piece = piece(sha256, ordinal);
            digest.update(piece);
            to.write(piece);
        }
        String read = HexFormat.of().formatHex(digest.digest());
        if (!read.equals(sha256)) {
            throw new DamagedContentException(
                    "the content %s in the store is damaged: its digest is %s".formatted(sha256, read));
        }
    }

    private int pieces(String sha256) throws DamagedContentException {
        Object value =
                only(sha256, "nothing of it is there", "select pieces from plugin_content where digest = ?1", sha256);
        return ((Number) value).intValue();
    }

    private byte[] piece(String sha256, int ordinal) throws DamagedContentException {
        return (byte[]) only(
                sha256,
                "its piece %d is missing".formatted(ordinal),
                "select content from plugin_piece where digest = ?1 and ordinal = ?2",
                sha256,
                ordinal);
    }

    private Object only(String sha256, String otherwise, String query, Object... parameters)
            throws DamagedContentException {
        List<Object> values = transactions.read(
                "read the content " + sha256, entities -> new Sql(entities).values(query, parameters));
        if (values.isEmpty()) {
            throw new DamagedContentException("the content %s is not in the store: %s".formatted(sha256, otherwise));
        }
        return values.get(0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
