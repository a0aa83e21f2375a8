package iotbox.box.http.wire;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import iotbox.box.event.EventSize;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.http.limit.Body;
import iotbox.box.http.message.AbandonedRequest;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The envelope of Odoo's JSON-RPC: takes {@code {"params": {…}}} apart, and answers HTTP 200 with a
 * {@code result} or an {@code error}. A request that is not JSON-RPC at all gets an HTTP error
 * instead.
 */
public final class JsonRpc {
  /** A result for which the answer has no {@code result} key: a long poll to which nothing came. */
  static final Object NOTHING = new Object();

  private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);

  private final AnswerQueue answers;
  private final Check check;

  /** A call that answers at once. */
  @FunctionalInterface
  public interface Method {
    Object call(Params params) throws RpcException;
  }

  /** A call whose answer comes later, on any thread; it may fail with a {@link RpcException}. */
  @FunctionalInterface
  public interface LaterMethod {
    CompletableFuture<?> call(Params params) throws RpcException;
  }

  /** As {@link LaterMethod}, with the request, at which it may look before it returns only. */
  @FunctionalInterface
  public interface MethodInRequest {
    CompletableFuture<?> call(Context ctx, Params params) throws RpcException;
  }

  /** Looks at each call before it is made, with the request that it came in. */
  @FunctionalInterface
  public interface Check {
    /**
     * @throws RpcException if the call is not to be made
     */
    void look(Context ctx, Params params) throws RpcException;
  }

  /**
   * @param answers where answers that come later are written, since whoever brings them (a driver
   *     that publishes) must not wait for slow clients
   */
  public JsonRpc(AnswerQueue answers) {
    this(answers, (ctx, params) -> {});
  }

  private JsonRpc(AnswerQueue answers, Check check) {
    this.answers = answers;
    this.check = check;
  }

  /** The same, with calls that this check lets pass only. */
  public JsonRpc checked(Check check) {
    return new JsonRpc(answers, check);
  }

  /** The handler of a route that answers at once. */
  public Handler now(Method method) {
    return later(params -> CompletableFuture.completedFuture(method.call(params)));
  }

  /** The handler of a route that answers when it can; no thread waits meanwhile. */
  public Handler later(LaterMethod method) {
    return laterIn((ctx, params) -> method.call(params));
  }

  /** As {@link #later}, for a method that looks at the request, too. */
  public Handler laterIn(MethodInRequest method) {
    return ctx -> {
      Map<?, ?> body = RequestBody.object(ctx);
      Params params = params(ctx, body);
      Call call = new Call(ctx.path(), body.get("id"));
      CompletableFuture<?> result;
      try {
        check.look(ctx, params);
        result = method.call(ctx, params);
      } catch (RpcException | RuntimeException e) {
        result = CompletableFuture.failedFuture(e);
      }
      if (result.isDone() && !AnswerQueue.isLarge(size(result))) {
        Answers.json(ctx, call.answer(result));
      } else {
        CompletableFuture<?> pending = result;
        ctx.future(() -> hold(ctx, call, pending));
      }
    };
  }

  private static Params params(Context ctx, Map<?, ?> body) throws RefusedException {
    Object params = body.get("params");
    if (params == null) {
      params = Map.of();
    }
    if (params instanceof Map<?, ?> named) {
      return new Params(named, Body.of(ctx.req()));
    }
    throw new RefusedException(400, "\"params\" must be a JSON object.");
  }

  private CompletableFuture<Void> hold(Context ctx, Call call, CompletableFuture<?> result) {
    if (!result.isDone()) {
      AbandonedRequest.watch(ctx.req(), result);
    }
    CompletableFuture<Void> answered = new CompletableFuture<>();
    result.whenComplete(
        (value, failure) -> answers.add(size(result), () -> answer(ctx, call, result, answered)));
    return answered;
  }

  private static long size(CompletableFuture<?> done) {
    return done.isCompletedExceptionally() ? 0 : EventSize.ofAnswer(done.join());
  }

  /**
   * Writes the answer, or nothing where the client has gone, and ends the request; but one that is
   * void already must be let alone, since Javalin would try to end it for ever.
   *
   * @return done when the client has all
   */
  private static CompletableFuture<Void> answer(
      Context ctx, Call call, CompletableFuture<?> result, CompletableFuture<Void> answered) {
    CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    try {
      if (!result.isCancelled()) {
        written = Answers.json(ctx, call.answer(result));
        answered.complete(null);
      } else if (ctx.req().isAsyncStarted()) {
        answered.complete(null);
      }
    } catch (RuntimeException e) {
      LOG.debug("{}: nobody is there to take the answer", call.path(), e);
    }
    return written;
  }

  /**
   * What the answer needs of a request. It must not need the request itself, which is void when its
   * connection has ended, nor keep what was asked in memory while it waits.
   */
  private record Call(String path, Object id) {

    /** The envelope around what the future, which is done, holds. */
    Map<String, Object> answer(CompletableFuture<?> result) {
      Map<String, Object> envelope = new LinkedHashMap<>();
      envelope.put("jsonrpc", "2.0");
      envelope.put("id", id);
      try {
        Object value = result.join();
        if (value != NOTHING) {
          envelope.put("result", value);
        }
      } catch (CompletionException e) {
        envelope.put("error", error(e.getCause()));
      }
      return envelope;
    }

    private Map<String, Object> error(Throwable failure) {
      RpcException shown;
      if (failure instanceof RpcException expected) {
        shown = expected;
      } else {
        LOG.error("{} failed", path, failure);
        shown = new RpcException("InternalError", Answers.FAULT);
      }
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("name", shown.name());
      data.put("message", shown.getMessage());
      data.put("debug", "");
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", shown.code());
      error.put("message", shown.headline());
      error.put("data", data);
      return error;
    }
  }
}
