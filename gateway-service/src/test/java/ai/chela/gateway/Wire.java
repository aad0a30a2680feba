package ai.chela.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A TCP connection that a test can cut or let hang. */
final class Wire {
    private enum State {
        WHOLE,
        /** Connections are refused, and those that there were are closed. */
        CUT,
        /** Connections are taken, and nothing comes through. */
        HANGING
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;
    private @Nullable ServerSocket server;
    private int target;
    private int port;

    /** The port at which the target's is reached. */
    int open(int targetPort) {
        target = targetPort;
        listen(0);
        return port;
    }

    void mend() {
        if (now() == State.CUT) listen(port);
        become(State.WHOLE);
    }

    void cut() {
        become(State.CUT);
        close();
    }

    void hang() {
        become(State.HANGING);
    }

    void close() {
        try {
            if (server != null) server.close();
            for (Socket socket : sockets) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.clear();
    }

    private void listen(int at) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            server = listening;
            port = listening.getLocalPort();
            Thread.ofVirtual().start(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket in = listening.accept();
                Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(in);
                sockets.add(out);
                Thread.ofVirtual().start(() -> pass(in, out));
                Thread.ofVirtual().start(() -> pass(out, in));
            }
        } catch (IOException _) {
            // the wire was cut
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8_192];
        try (from;
                to) {
            for (int n; (n = from.getInputStream().read(bytes)) > 0; ) {
                awaitFlow();
                to.getOutputStream().write(bytes, 0, n);
            }
        } catch (IOException _) {
            // one end was closed, so the other is
        }
    }

    private State now() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (state == State.HANGING) changed.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }
}
