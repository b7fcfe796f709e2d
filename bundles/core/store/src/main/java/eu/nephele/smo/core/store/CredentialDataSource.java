// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Opens each connection with the password that is in force then. */
final class CredentialDataSource extends ForwardingDataSource {

    private static final String INVALID_AUTHORIZATION = "28000";

    private final String user;
    private final PasswordReference password;
    private final Function<String, Optional<String>> secrets;

    /** @param secrets content of references to other systems */
    CredentialDataSource(
            DataSource target, String user, PasswordReference password, Function<String, Optional<String>> secrets) {
        super(target);
        this.user = user;
        this.password = password;
        this.secrets = secrets;
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
            return password.resolve(System::getenv, secrets);
        } catch (IOException e) {
            throw new SQLInvalidAuthorizationSpecException(e.getMessage(), INVALID_AUTHORIZATION, e);
        }
    }

    @Override
    public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
        return target().getConnection(otherUser, otherPassword);
    }
}
