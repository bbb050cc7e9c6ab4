"""Pages for what cannot be shown: what it is, what to do, nothing of the program's inside."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role may not open the page."""
    return render(request, "error.html", {"title": "没有权限", "text": "您的角色不能打开这一页。需要时请联系系统管理员。"}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not within the person's part of the tree."""
    return render(request, "error.html", {"title": "没有这一页", "text": "地址有误，或这条记录不在您的权限范围内。"}, status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: more files or fields than a request may have, or none of ours; or a name by which the server may not be called."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(page("不能用这个地址访问", "工作台没有登记这个域名或地址。请系统管理员把它加进设置 GOUJI_HOSTS 之后重启。"), status=400)
    text = "一次提交的文件或内容太多，或者提交的内容不完整，什么也没有改动。文件多的请打成一个 zip 压缩包再提交。"
    return render(request, "error.html", {"title": "没有办成", "text": text}, status=400)


def fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; needs neither the database nor a template."""
    now = timezone.localtime()
    when = f"{now.year}年{now.month}月{now.day}日 {now:%H:%M:%S}"
    return HttpResponse(page("程序出错", f"刚才的操作没有完成，什么也没有改动。请退回上一页再试；仍不行请把下面的时间告诉系统管理员，日志里查得到。</p><p><b>出错时间 {when}</b>"), status=500)


def page(title: str, text: str) -> str:
    """A whole page of a sentence, for where no template may be asked."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        '<link rel="stylesheet" href="/static/desk.css"></head><body><main class="entrance"><section class="card"><p class="mark large" aria-hidden="true">勾稽</p>'
        f'<h1>{title}</h1><p>{text}</p><p><a class="button main" href="/">回到首页</a></p></section></main></body></html>'
    )
