// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.harness.chaos.DatabaseProxy.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that echoes. */
class DatabaseProxyTest {

    private static final int MOMENT_MILLIS = 300;
    private static final int LONG_MILLIS = 10_000;
    private static final int CLOSED = -1;

    private ServerSocket database;
    private DatabaseProxy databaseProxy;

    @BeforeEach
    void start() throws IOException {
        database = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
        databaseProxy = DatabaseProxy.to(new InetSocketAddress(database.getInetAddress(), database.getLocalPort()));
    }

    @AfterEach
    void end() throws IOException {
        databaseProxy.close();
        database.close();
    }

    @Test
    void whatIsSaidComesThrough() throws Exception {
        try (Socket server = connect()) {
            assertThat(echo(server, 7)).isEqualTo(7);
            assertThat(echo(server, 8)).isEqualTo(8);
        }
    }

    @Test
    void aCutThatClosesEndsWhatIsOpenAndWhatComes() throws Exception {
        try (Socket server = connect()) {
            assertThat(echo(server, 7)).isEqualTo(7);
            databaseProxy.cut(Cut.CLOSED);
            assertThat(server.getInputStream().read()).isEqualTo(CLOSED);
        }
        try (Socket server = connect()) {
            assertThatThrownBy(() -> assertThat(server.getInputStream().read()).isNotEqualTo(CLOSED))
                    .isInstanceOfAny(AssertionError.class, IOException.class);
        }
        databaseProxy.mend();
        try (Socket server = connect()) {
            assertThat(echo(server, 9)).isEqualTo(9);
        }
    }

    @Test
    void aSilentCutTellsNobodyAndWhatWasSaidArrivesLater() throws Exception {
        try (Socket server = connect()) {
            assertThat(echo(server, 7)).isEqualTo(7);
            databaseProxy.cut(Cut.SILENT);
            server.setSoTimeout(MOMENT_MILLIS);
            assertThatThrownBy(() -> echo(server, 8)).isInstanceOf(SocketTimeoutException.class);
            try (Socket another = connect()) {
                another.setSoTimeout(MOMENT_MILLIS);
                assertThatThrownBy(() -> echo(another, 9)).isInstanceOf(SocketTimeoutException.class);
                databaseProxy.mend();
                another.setSoTimeout(LONG_MILLIS);
                assertThat(another.getInputStream().read()).isEqualTo(9);
            }
            server.setSoTimeout(LONG_MILLIS);
            assertThat(server.getInputStream().read()).isEqualTo(8);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), databaseProxy.port());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private static int echo(Socket server, int word) throws IOException {
        server.getOutputStream().write(word);
        return server.getInputStream().read();
    }

    private void serve() {
        while (!database.isClosed()) {
            try {
                Socket socket = database.accept();
                Thread thread = new Thread(() -> answer(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException ended) {
            // the caller sees it
            return;
        }
    }
}
