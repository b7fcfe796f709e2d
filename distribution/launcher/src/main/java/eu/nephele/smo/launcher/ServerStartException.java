// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

/** The server cannot start, for a reason that one line explains to the person who started it. */
final class ServerStartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Exit status: something in the installation or in a bundle is broken. */
    static final int BROKEN = 1;

    /** Exit status: the port or the data directory is in use by another program. */
    static final int IN_USE = 2;

    /** Exit status: the command line asks for something that does not exist. */
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

    /** What is wrong and what the person can do about it. */
    String problem() {
        return problem;
    }

    int exitCode() {
        return exitCode;
    }
}
