// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import javax.sql.DataSource;

/** Opens each connection with the password that is in force then. */
final class CredentialDataSource extends ForwardingDataSource {

    private static final String INVALID_AUTHORIZATION = "28000";

    private final String user;
    private final PasswordReference password;

    CredentialDataSource(DataSource target, String user, PasswordReference password) {
        super(target);
        this.user = user;
        this.password = password;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (user.isEmpty()) {
            return target().getConnection();
        }
        return target().getConnection(user, resolve());
    }

    private String resolve() throws SQLException {
        try {
            return password.resolve(System::getenv);
        } catch (IOException e) {
            throw new SQLInvalidAuthorizationSpecException(e.getMessage(), INVALID_AUTHORIZATION, e);
        }
    }

    @Override
    public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
        return target().getConnection(otherUser, otherPassword);
    }
}
