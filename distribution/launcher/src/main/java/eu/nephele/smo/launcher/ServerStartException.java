// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

/** The server cannot start; the message explains the reason in one line. */
final class ServerStartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Exit status: the installation or a bundle is broken. */
    static final int BROKEN = 1;

    /** Exit status: the port or the data directory is in use by another program. */
    static final int IN_USE = 2;

    /** Exit status: wrong usage of the command line. */
    static final int USAGE = 64;

    private final String problem;
    private final int exitCode;

    ServerStartException(int exitCode, String message) {
        super(message);
        this.problem = message;
        this.exitCode = exitCode;
    }

    ServerStartException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.problem = message;
        this.exitCode = exitCode;
    }

    /** The error and its remedy. */
    String problem() {
        return problem;
    }

    int exitCode() {
        return exitCode;
    }
}
