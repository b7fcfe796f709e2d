// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database without tables that a restore fills. Until it is published, no server takes it for a whole one. */
interface NewDatabase extends AutoCloseable {

    DataSource source();

    /** Ends the mark in the database itself, in the last transaction. */
    void complete(Connection connection) throws SQLException;

    /** What was restored is the database of the server from now on. */
    void publish() throws SQLException, IOException;

    /** Without parameters. */
    String place();

    String product();

    /** Whether something was there before. */
    boolean replaces();

    @Override
    void close() throws SQLException, IOException;
}
